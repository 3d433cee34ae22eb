/**
 * The names of a town to which people came from many places, accents and apostrophes included: software that breaks
 * on Nguyễn or O'Leary should break on the demo. Weights are households out of a hundred.
 */
export interface Origin {
  readonly weight: number;
  /** Spoken at home, most used first (ISO 639-1). */
  readonly languages: readonly string[];
  readonly surnames: readonly string[];
  readonly female: readonly string[];
  readonly male: readonly string[];
}

export const origins: readonly Origin[] = [
  {
    weight: 34,
    languages: ['en'],
    surnames: words(
      'Abbott Baker Carver Dalton Ellison Fletcher Garrett Hollis Ingram Keller Lowell Mercer Norwood Pruitt Ramsey Sutton Thatcher Vance Whitaker Yates Bishop Holloway',
    ),
    female: words(
      'Amber Brenda Carol Diane Emily Faye Grace Heather Janet Kayla Lori Megan Nancy Paige Rachel Sharon Tara Wendy Joan Abigail',
    ),
    male: words(
      'Aaron Brian Curtis Dennis Ethan Gary Howard Jason Kevin Logan Mark Nathan Owen Paul Ryan Scott Todd Walter Tyler Roy',
    ),
  },
  {
    weight: 30,
    languages: ['es', 'en'],
    surnames: words(
      'García Hernández Muñoz Peña Ibáñez Núñez Rodríguez Salazar Trujillo Valdez Gutiérrez Ochoa Quiñones Zúñiga Castañeda Figueroa Montoya Ríos Sandoval Bermúdez',
    ),
    female: words(
      'Ana Beatriz Carmen Dolores Elena Fátima Guadalupe Inés Jimena Lucía María Noemí Paloma Rocío Sofía Teresa Ximena Yolanda',
    ),
    male: words(
      'Adrián Benjamín Carlos Diego Esteban Félix Gabriel Héctor Iván Joaquín Luis Martín Nicolás Óscar Raúl Sebastián Tomás Ángel',
    ),
  },
  {
    weight: 8,
    languages: ['en'],
    surnames: words('Begay Yazzie Tsosie Benally Nez Tohee Manygoats Bitsui'),
    female: words('Arlene Darlene Irene Lorraine Nizhoni Rhonda Shandiin Verna'),
    male: words('Alvin Delbert Emerson Harrison Leland Melvin Shilah Wilson'),
  },
  {
    weight: 6,
    languages: ['vi', 'en'],
    surnames: words('Nguyễn Trần Phạm Đặng Võ Huỳnh Lê'),
    female: words('Hương Lan Linh Mai Ngọc Thảo Trâm Yến'),
    male: words('Bảo Đức Hùng Khánh Minh Quân Tuấn Việt'),
  },
  {
    weight: 6,
    languages: ['en'],
    surnames: words("O'Leary MacDonagh O'Brien Byrne Fitzgerald McKenna"),
    female: words('Aoife Bríd Deirdre Maeve Nóra Sinéad Siobhán'),
    male: words('Cillian Declan Eoin Fergus Pádraig Séamus Rónán'),
  },
  {
    weight: 5,
    languages: ['en', 'so'],
    surnames: words('Abdi Warsame Farah Jama Hersi Osman'),
    female: words('Amina Fadumo Halima Hodan Ifrah Sahra'),
    male: words('Abdullahi Ahmed Bashir Hassan Liban Yusuf'),
  },
  {
    weight: 4,
    languages: ['pl', 'en'],
    surnames: words('Wójcik Kamiński Dąbrowski Zając Grabowski Król'),
    female: words('Agnieszka Bożena Ewa Grażyna Małgorzata Zofia'),
    male: words('Andrzej Grzegorz Jerzy Łukasz Paweł Stanisław'),
  },
  {
    weight: 4,
    languages: ['zh', 'en'],
    surnames: words('Chen Huang Lin Wáng Zhào Lǚ'),
    female: words('Hui Jing Mei Xiuying Yan Lan'),
    male: words('Bo Guang Jian Ming Tao Wei'),
  },
  {
    weight: 3,
    languages: ['en', 'hi'],
    surnames: words('Patel Sharma Iyer Chowdhury Reddy'),
    female: words('Anjali Divya Kavita Meera Priya Sunita'),
    male: words('Arjun Deepak Manoj Rahul Sanjay Vikram'),
  },
];

function words(text: string): string[] {
  return text.split(' ');
}
